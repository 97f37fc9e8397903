import { type ReactNode, type SyntheticEvent, useState, useTransition } from 'react';
import { tellProblem } from './tell.ts';

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
  /** Resolves with what failed. */
  submit(form: FormData): Promise<string | null>;
}

/** A dialog with a form, which stays, with what was typed, until that has succeeded. */
export function FormDialog({ text, title, ...form }: FormProps) {
  return (
    <Dialog text={text} title={title}>
      {(close) => <Form {...form} close={close} />}
    </Dialog>
  );
}

type DialogFormProps = Omit<FormProps, 'text' | 'title'> & { close(): void };

function Form({ verb, look = 'primary', children, submit, close }: DialogFormProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, send] = useTransition();
  // Not as the form's action: React empties a form after that, also when it failed.
  const onSubmit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setProblem(null);
    send(async () => {
      const failed = await submit(new FormData(form));
      if (failed === null) return close();
      setProblem(failed);
      // Whoever has closed the dialog, or gone to another page, is told there.
      if (!form.isConnected) tellProblem(failed);
    });
  };
  return (
    <form onSubmit={onSubmit}>
      {children}
      {problem !== null && <p role="alert">{problem}</p>}
      <div className="actions">
        <button type="button" onClick={close}>
          Cancel
        </button>
        <button className={look} disabled={isSending}>
          {verb}
        </button>
      </div>
    </form>
  );
}
