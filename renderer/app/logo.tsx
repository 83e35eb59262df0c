/** The two doors of a sallyport: one shut, one ajar. The same drawing as assets/sallyport.svg, in the colours of the theme. */
export function Logo({ sizePx = 28 }: { readonly sizePx?: number }) {
  return (
    <svg className="logo" width={sizePx} height={sizePx} viewBox="0 0 32 32" aria-hidden>
      <path
        d="M6 27V14a10 10 0 0 1 20 0v13"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
      <path d="M9.6 27V14.4A6.5 6.5 0 0 1 14.7 8v19z" fill="currentColor" />
      <path
        d="M17.3 27V8l4.4 3.4a4 4 0 0 1 1 2.6v9.6z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinejoin="round"
      />
    </svg>
  );
}
