import type { CollectionOrder } from '../__generated__/graphql.ts';

const ORDERS: Readonly<Record<string, CollectionOrder>> = {
  'By name': { field: 'NAME', direction: 'ASC' },
  'Newest first': { field: 'CREATED_AT', direction: 'DESC' },
  'Last changed first': { field: 'UPDATED_AT', direction: 'DESC' },
  'Largest first': { field: 'ITEM_COUNT', direction: 'DESC' },
};

interface Props {
  readonly search: string;
  onSearch(search: string): void;
  onOrder(orderBy: CollectionOrder | undefined): void;
}

/** Search as one types, and order. */
export function ListControls({ search, onSearch, onOrder }: Props) {
  return (
    <search className="controls">
      <input
        type="search"
        aria-label="Search collections by name"
        placeholder="Search by name"
        maxLength={200}
        value={search}
        onChange={(event) => onSearch(event.target.value)}
      />
      <select aria-label="Order" onChange={(event) => onOrder(ORDERS[event.target.value])}>
        <option>Scenario’s order</option>
        {Object.keys(ORDERS).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </search>
  );
}
