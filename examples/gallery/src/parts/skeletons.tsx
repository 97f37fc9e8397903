/** Stands where pictures will be, in their size. */
export function Skeletons({ count }: { readonly count: number }) {
  return (
    <ul className="grid" aria-busy="true" aria-label="Loading">
      {Array.from({ length: count }, (_, index) => (
        <li key={index} className="skeleton">
          <div className="picture" />
        </li>
      ))}
    </ul>
  );
}
