/** The mark of the product; public/favicon.svg draws the same. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <circle cx="16" cy="16" r="8.5" stroke="#fff" strokeOpacity=".35" strokeWidth="3" />
      <path d="M16 7.5a8.5 8.5 0 1 1-8.5 8.5" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
      <circle cx="16" cy="16" r="2.5" fill="#fff" />
    </svg>
  )
}
