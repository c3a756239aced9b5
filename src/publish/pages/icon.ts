/** The site's icon: a relay, one full node and one open. Also keeps browsers from asking for a favicon that is not there. */
export const icon: string = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <g stroke="#0b5563" stroke-width="4"><path d="M8 16h16"/><circle cx="8" cy="16" r="5" fill="#0b5563"/><circle cx="24" cy="16" r="5" fill="#fff"/></g>
</svg>
`;
