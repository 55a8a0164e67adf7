/** Seconds since a moment, counted while one looks: for what has no events yet. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { elapsedText } from '../text/numbers.ts';

/** `since` is in milliseconds since 1970. */
export function Ticking({ since }: { readonly since: number }) {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 100);
    return () => clearInterval(timer);
  }, []);
  return <span class="ticking">{elapsedText((now.value - since) / 1000)}</span>;
}
