/** A number that one chooses, held within its limits. */
import type { Signal } from '@preact/signals';

interface NumberProps {
  readonly label: string;
  readonly value: Signal<number>;
  readonly min: number;
  readonly max: number;
  /** 1: whole numbers only. */
  readonly step: number;
  readonly hint?: string;
  /** After another number was chosen. */
  readonly then?: () => void;
}

export function NumberInput({ label, value, min, max, step, hint, then }: NumberProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="number"
        {...{ min, max, step }}
        value={value.value}
        onChange={({ currentTarget }) => {
          const wished = Number(currentTarget.value);
          const within = Math.max(min, Math.min(max, Number.isFinite(wished) ? wished : value.value));
          value.value = step === 1 ? Math.round(within) : within;
          currentTarget.value = String(value.value);
          then?.();
        }}
      />
      {hint === undefined ? null : <small class="soft">{hint}</small>}
    </label>
  );
}
