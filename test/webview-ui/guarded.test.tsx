// @vitest-environment happy-dom
/** A card that cannot be drawn: it says so, the others live, and what went wrong can be copied. */
import { render } from 'preact';
import { afterEach, expect, test, vi } from 'vitest';
import { Guarded } from '../../webview-ui/parts/guarded.tsx';

afterEach(() => vi.unstubAllGlobals());

function Broken(): never {
  throw new Error('no such column');
}

test('one card fails, its neighbour stands, the report is copied', async () => {
  const root = document.createElement('div');
  const failed: string[] = [];
  const copied: string[] = [];
  vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void copied.push(text) } });
  const onFailed = (name: string) => failed.push(name);
  render(
    <>
      <Guarded name="Loss" onFailed={onFailed}>
        <Broken />
      </Guarded>
      <Guarded name="Accuracy" onFailed={onFailed}>
        <p>98 %</p>
      </Guarded>
    </>,
    root,
  );
  await vi.waitFor(() => expect(root.querySelector('[role=alert]')?.textContent).toContain('Loss could not be drawn.'));
  expect(root.textContent).toContain('98 %');
  expect(failed).toEqual(['Loss']);
  root.querySelector('button')?.click();
  expect(copied[0]).toMatch(/^Loss: Error: no such column\n/);
});
