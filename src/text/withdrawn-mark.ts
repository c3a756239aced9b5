/**
 * The mark by which a page says that it stands in the place of a withdrawn text: written by publish, read by our own server,
 * which answers 410. No text of a partner can hold it, since its angle brackets are escaped.
 */

export const withdrawnMarkName = 'relais-state';
export const withdrawnMarkContent = 'withdrawn';
export const withdrawnMark = `<meta name="${withdrawnMarkName}" content="${withdrawnMarkContent}"`;
