import { Dialog } from './dialog.tsx';
import { textOf } from './text-of.ts';

interface Props {
  readonly title: string;
  readonly submitText: string;
  readonly name?: string;
  submit(name: string): void;
  close(): void;
}

/** Asks for the name of a collection. */
export function NameDialog({ title, submitText, name = '', submit, close }: Props) {
  return (
    <Dialog title={title} close={close}>
      <form
        action={(form) => {
          submit(textOf(form, 'name'));
          close();
        }}
      >
        <label htmlFor="name">Name</label>
        <input id="name" name="name" defaultValue={name} maxLength={1_000} autoComplete="off" required />
        <div className="actions">
          <button type="button" className="quiet" onClick={close}>
            Cancel
          </button>
          <button type="submit">{submitText}</button>
        </div>
      </form>
    </Dialog>
  );
}
