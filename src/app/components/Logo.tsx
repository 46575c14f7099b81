/** Three servers, and a cut through the link that joins the third. */
export function Logo() {
  return (
    <svg className="logo" width="24" height="24" viewBox="0 0 24 24" fill="none" strokeWidth="2" aria-hidden="true">
      <g stroke="var(--accent)">
        <circle cx="6" cy="7" r="3" />
        <circle cx="18" cy="7" r="3" />
        <circle cx="12" cy="18" r="3" />
        <path d="M9 7h1.5M13.5 7H15M7.5 9.8l3 5.4" />
      </g>
      <path d="M12 2v6M12 10l-2 3" stroke="var(--bad)" />
    </svg>
  )
}
