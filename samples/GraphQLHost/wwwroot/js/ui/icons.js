// Drawn on a grid of 24, by lines, in the colour of the text beside them. Never alone: a word stands beside each or in the button's name.
import { svg } from './dom.js';

const paths = {
  scan: 'M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M8 8v8M12 8v8M16 8v8',
  bills: 'M7 3h10a1 1 0 0 1 1 1v17l-3-2-3 2-3-2-3 2V4a1 1 0 0 1 1-1zM9.5 8h5M9.5 12h5',
  search: 'M11 4a7 7 0 1 1 0 14a7 7 0 0 1 0-14zM16.2 16.2L21 21',
  live: 'M3 12h4l3-7 4 14 3-7h4',
  users: 'M9 4.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 0 1 0-7zM2.5 20c.6-3.6 3.2-5.5 6.5-5.500s5.9 1.9 6.5 5.500M16 5a3.2 3.2 0 0 1 0 6.200M18.5 15c1.7.9 2.7 2.6 3 5',
  import: 'M12 3v11M7.5 9.800L12 14.300l4.5-4.500M4 16v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3',
  health: 'M4 20V10M9.3 20V4M14.7 20v-7M20 20V7',
  query: 'M8 5l-5 7 5 7M16 5l5 7-5 7M13.5 4l-3 16',
  taken: 'M4.5 12.500l5 5L19.5 7',
  duplicate: 'M8 8h12v12H8zM4 16V4h12',
  refused: 'M6 6l12 12M18 6L6 18',
  kept: 'M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18zM12 7v5l3.5 2',
  full: 'M4 12.500l4 4L16 7M11 15l1.5 1.500L21 7',
  ready: 'M12 5v14M6 13l6 6 6-6',
  undo: 'M9 7L4 12l5 5M4 12h10a6 6 0 0 1 0 12',
  sun: 'M12 8a4 4 0 1 1 0 8a4 4 0 0 1 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.400M17.6 17.600L19 19M5 19l1.4-1.400M17.6 6.400L19 5',
  moon: 'M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500z',
  auto: 'M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18zM12 3v18',
  sound: 'M4 9.500v5h3.500L12 18.500v-13L7.5 9.500zM15.5 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11',
  silent: 'M4 9.500v5h3.500L12 18.500v-13L7.5 9.500zM16 9.500l5 5M21 9.500l-5 5',
  out: 'M14 4h5a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1h-5M10 8l-4 4 4 4M6 12h9',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  back: 'M14.5 5l-7 7 7 7',
  next: 'M9.5 5l7 7-7 7',
  plus: 'M12 5v14M5 12h14',
  keyboard: 'M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M18 10h.01M8 14h8',
  bag: 'M9 4c2 1.3 4 1.3 6 0 .4 1.5 0 2.8-1 4 3.5 2 5 5.5 5 8.5 0 2.5-1.5 4-4 4H9c-2.5 0-4-1.5-4-4C5 13.5 6.5 10 10 8 9 6.8 8.6 5.5 9 4z',
  key: 'M8 11a4 4 0 1 1 0 8a4 4 0 0 1 0-8zM11 12l8-8M16 7l3 3',
  play: 'M7 5l12 7-12 7z',
  hold: 'M8 5v14M16 5v14',
};

/** @param {keyof typeof paths} name */
export function icon(name) {
  const flat = name === 'undo' ? { viewBox: '0 2 24 24' } : { viewBox: '0 0 24 24' };
  return svg('svg', { ...flat, class: 'icon', 'aria-hidden': 'true', focusable: 'false' }, svg('path', { d: paths[name] }));
}
