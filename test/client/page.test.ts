/** The page of the panel allows nothing but its own two files. */
import { expect, test } from 'vitest';
import { panelPage } from '../../client/panel/page.ts';

const page = panelPage({
  script: 'https://file.example/panel.js',
  style: 'https://file.example/panel.css',
  source: 'https://file.example',
  nonce: 'n0nce',
  title: '<b>"mine" & theirs</b>',
});

test('the policy begins with nothing; scripts need the nonce, styles their source', () => {
  const policy = /content="(default-src[^"]*)"/.exec(page)?.[1];
  expect(policy).toBe(
    'default-src &#39;none&#39;; style-src https://file.example; script-src &#39;nonce-n0nce&#39;; img-src data: blob:; media-src data: blob:; connect-src &#39;none&#39;',
  );
  expect(page).not.toMatch(/unsafe/);
});

test('no inline script, no inline style, no handler; names of runs are text', () => {
  expect(page).not.toMatch(/<style|style=|\son\w+=|<script[^>]*>\s*[^<\s]/);
  expect(page).toContain('&#60;b&#62;&#34;mine&#34; &#38; theirs&#60;/b&#62;');
});
