import { type ReactNode, useEffect, useId, useRef } from 'react';

interface Props {
  readonly title: string;
  readonly className?: string;
  readonly children: ReactNode;
  close(): void;
}

/** A modal dialog of the browser's own, which keeps the focus and gives it back. It is open as long as it is rendered. */
export function Dialog({ title, className = '', children, close }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} className={className} aria-labelledby={titleId} onCancel={close}>
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
}
