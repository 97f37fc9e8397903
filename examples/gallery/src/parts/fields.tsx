import { type ChangeEvent, type ComponentProps, useRef } from 'react';

interface TextFieldProps extends ComponentProps<'input'> {
  readonly label: string;
}

/** A text that has to be given. */
export function TextField({ label, ...input }: TextFieldProps) {
  return (
    <label>
      {label}
      <input required {...input} />
    </label>
  );
}

/** What was typed into it. */
export function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

const PAUSE_MS = 150;

interface SearchProps {
  readonly label: string;
  readonly placeholder: string;
  search(text: string): void;
}

/** Search as one types: once the text has rested for a moment, so that not each key makes a request. */
export function SearchField({ label, placeholder, search }: SearchProps) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onChange = ({ target }: ChangeEvent<HTMLInputElement>) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(search, PAUSE_MS, target.value.trim());
  };
  return (
    <input type="search" aria-label={label} placeholder={placeholder} maxLength={200} onChange={onChange} />
  );
}

interface CheckProps<Item> {
  readonly item: Item;
  readonly chosen: readonly Item[];
  readonly label?: string;
  choose(chosen: readonly Item[]): void;
}

/** Whether an item is one of the chosen. What has an id is known by it. */
export function Check<Item>({ item, chosen, label, choose }: CheckProps<Item>) {
  const others = chosen.filter((one) => idOf(one) !== idOf(item));
  const isChosen = others.length < chosen.length;
  const onChange = () => choose(isChosen ? others : [...others, item]);
  return <input type="checkbox" aria-label={label} checked={isChosen} onChange={onChange} />;
}

function idOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'id' in item ? item.id : item;
}
