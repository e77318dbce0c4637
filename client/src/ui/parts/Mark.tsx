/** Three fish, one shoal. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 20 18" aria-hidden="true">
      <path d="M6 3.5c3.4-3.4 9-3.4 12.4 0-3.4 3.4-9 3.4-12.4 0L2.6 6V1z" />
      <path d="M1.6 9c3.4-3.4 9-3.4 12.4 0-3.4 3.4-9 3.4-12.4 0z" />
      <path d="M6 14.5c3.4-3.4 9-3.4 12.4 0-3.4 3.4-9 3.4-12.4 0L2.6 17v-5z" />
    </svg>
  );
}
