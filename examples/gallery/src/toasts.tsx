import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

type Tone = 'good' | 'bad';
interface Toast {
  readonly id: string;
  readonly tone: Tone;
  readonly text: string;
}

const SHOWN_MS = 8_000;

const ToastContext = createContext<(tone: Tone, text: string) => void>(() => {});

/** Tells the person something: what is good for some seconds, what is bad until it was seen. */
export function useToast(): (tone: Tone, text: string) => void {
  return useContext(ToastContext);
}

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const dismiss = useCallback((id: string) => setToasts((all) => all.filter((one) => one.id !== id)), []);
  const show = useCallback(
    (tone: Tone, text: string) => {
      const id = crypto.randomUUID();
      setToasts((all) => [...all.slice(-3), { id, tone, text }]);
      if (tone === 'good') setTimeout(() => dismiss(id), SHOWN_MS);
    },
    [dismiss],
  );
  return (
    <ToastContext value={show}>
      {children}
      <Toasts toasts={toasts} dismiss={dismiss} />
    </ToastContext>
  );
}

function Toasts({ toasts, dismiss }: { readonly toasts: readonly Toast[]; dismiss(id: string): void }) {
  const items = useMemo(() => toasts.toReversed(), [toasts]);
  return (
    <div className="toasts" role="status" aria-label="Messages">
      {items.map(({ id, tone, text }) => (
        <p key={id} className={`toast ${tone}`}>
          {text}
          <button type="button" className="quiet" aria-label="Dismiss" onClick={() => dismiss(id)}>
            ×
          </button>
        </p>
      ))}
    </div>
  );
}
