// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { mendLanguage } from '../../webview-ui/text/browser-language.ts';

test('a language that Intl refuses is replaced, any other stays', () => {
  const posix = { language: 'en-US@posix' };
  mendLanguage(posix);
  expect(posix.language).toBe('en-US');
  expect(() => new Intl.NumberFormat(posix.language)).not.toThrow();
  const chinese = { language: 'zh-CN' };
  mendLanguage(chinese);
  expect(chinese.language).toBe('zh-CN');
});
