import { type ReactNode, useState } from 'react';

interface Props {
  /** Of the button that opens it. */
  readonly text: string;
  readonly title: string;
  children(close: () => void): ReactNode;
}

/** A button, and the modal dialog that it opens: the browser's own, which keeps the focus and gives it back. */
export function Dialog({ text, title, children }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  return (
    <>
      <button onClick={() => setIsOpen(true)}>{text}</button>
      {isOpen && (
        <dialog ref={showModal} aria-label={title} onCancel={close}>
          <h2>{title}</h2>
          {children(close)}
        </dialog>
      )}
    </>
  );
}

function showModal(dialog: HTMLDialogElement): () => void {
  dialog.showModal();
  return () => dialog.close();
}

interface FormProps extends Omit<Props, 'children'> {
  /** Of the button that submits it. */
  readonly verb: string;
  readonly look?: 'primary' | 'danger';
  readonly children: ReactNode;
  submit(form: FormData): void;
}

/** A dialog with a form, which closes when that is submitted. */
export function FormDialog({ text, title, verb, look = 'primary', children, submit }: FormProps) {
  return (
    <Dialog text={text} title={title}>
      {(close) => (
        <form
          action={(form) => {
            close();
            submit(form);
          }}
        >
          {children}
          <div className="actions">
            <button type="button" onClick={close}>
              Cancel
            </button>
            <button className={look}>{verb}</button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
