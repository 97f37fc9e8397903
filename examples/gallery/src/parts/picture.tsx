/** A picture that fills its box, whose size the style sheet gives: nothing moves when it arrives. */
export function Picture({ src }: { readonly src: string | null | undefined }) {
  return (
    <div className="picture">
      {src ? <img src={src} alt="" loading="lazy" decoding="async" /> : <NoPicture />}
    </div>
  );
}

function NoPicture() {
  return (
    <svg viewBox="0 0 48 36" aria-hidden="true">
      <rect x="1" y="1" width="46" height="34" rx="5" />
      <circle cx="14" cy="12" r="3.5" />
      <path d="m5 30 11-11 8 8 7-7 12 11" />
    </svg>
  );
}
