import type { IconName } from '../page-list.ts';

/** Drawn on a 24-unit grid with a 1.75 stroke; each string is the data of one path. */
const drawings: Readonly<Record<IconName, string>> = {
  scan: 'M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M8 8v8M11 8v8M13.5 8v8M16 8v8',
  home: 'M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-5v-6h-4v6H5a1 1 0 0 1-1-1z',
  inbox: 'M4 13l3-8h10l3 8v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM4 13h4l1.5 3h5L16 13h4',
  box: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  wrench:
    'M14.5 6.5a4 4 0 0 1 5-2l-2.6 2.6 2 2 2.6-2.6a4 4 0 0 1-5.6 5L8 19.4a2 2 0 0 1-2.8-2.8l7.9-7.9a4 4 0 0 1 1.4-2.2z',
  drop: 'M12 3c4 4.6 6 7.9 6 11a6 6 0 0 1-12 0c0-3.1 2-6.4 6-11zM9.5 15a2.5 2.5 0 0 0 2.5 2.5',
  ruler: 'M3 15L15 3l6 6L9 21zM7 11l2 2M10 8l3 3M13 5l2 2',
  gear: 'M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM10.3 3h3.400l.6 2.5 1.9 1.1 2.5-.7 1.7 2.9-1.9 1.800v2.800l1.9 1.8-1.7 2.9-2.5-.7-1.9 1.1-.6 2.500h-3.400l-.6-2.5-1.9-1.1-2.5.7-1.7-2.9 1.9-1.800v-2.800L3.6 8.800l1.7-2.9 2.5.7 1.9-1.100z',
  layers: 'M12 3l9 5-9 5-9-5zM3 12.500l9 5 9-5M3 16.500l9 5 9-5',
  gauge: 'M4.2 18a9 9 0 1 1 15.6 0M12 14l4-5M12 15.500a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z',
  truck:
    'M3 6h11v10H3zM14 9h4l3 3.500V16h-7M7.5 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM17 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  warehouse: 'M3 20V9l9-5 9 5v11M7 20v-8h10v8M7 16h10',
  shield: 'M12 3l8 3v6c0 4.5-3.3 7.7-8 9-4.7-1.3-8-4.5-8-9V6zM8.5 12l2.5 2.5 4.5-5',
  stamp: 'M9 3h6l-1 7h4v4H6v-4h4zM5 18h14M5 21h14',
  cart: 'M3 4h2.500l2.3 11h10l2-8H6.300M9 20a1 1 0 1 0 0-2 1 1 0 0 0 0 2zM17 20a1 1 0 1 0 0-2 1 1 0 0 0 0 2z',
  coin: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 7.500L12 12l3.5-4.500M12 12v5M9 12.500h6M9 15h6',
  chart: 'M4 4v16h16M8 16v-4M12 16V8M16 16v-6',
  line: 'M3 12h3M8.5 12h7M18 12h3M7.25 13.250a1.25 1.25 0 1 0 0-2.5 1.25 1.25 0 0 0 0 2.500zM16.75 13.250a1.25 1.25 0 1 0 0-2.5 1.25 1.25 0 0 0 0 2.500zM12 12V6M12 6h4',
  tree: 'M12 4v5M12 9H6v5M12 9h6v5M12 9v5M4.5 14h3v5h-3zM10.5 14h3v5h-3zM16.5 14h3v5h-3z',
  book: 'M5 4h10a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h10',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3.500V7M16 3.500V7',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20c0-3.5 2.5-6 6-6s6 2.5 6 6M16 4.500a3.5 3.5 0 0 1 0 6.500M17 14.200c2.5.7 4 2.9 4 5.8',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  leaf: 'M5 19C5 9 11 4.5 20 4.5 20 14 15.5 19 9.5 19c-2 0-3.5-1-4.5-2.500M5 19c1.5-4 4.5-7 8.5-8.5',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.500h4',
  pulse: 'M3 12h4l2.5-6 4.5 12 2.5-6H21',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.5 4.5',
  camera: 'M4 8h4l1.5-2.500h5L16 8h4v11H4zM12 10a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.400z',
  print: 'M7 9V4h10v5M7 16H4V9h16v7h-3M7 13h10v7H7z',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.500l4.5 4.500L19 7.5',
  warn: 'M12 4l9 16H3zM12 10v4.500M12 17.200v.3',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7.500v.3',
  left: 'M14.5 5.500L8 12l6.5 6.5',
  right: 'M9.5 5.500L16 12l-6.5 6.5',
  up: 'M5.5 14.500L12 8l6.5 6.5',
  down: 'M5.5 9.500L12 16l6.5-6.5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  moon: 'M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.5 12h2M19.5 12h2M5.3 5.300l1.4 1.400M17.3 17.300l1.4 1.400M18.7 5.300l-1.4 1.400M6.7 17.300l-1.4 1.4',
  globe:
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c2.5 2.5 3.8 5.5 3.8 9s-1.3 6.5-3.8 9c-2.5-2.5-3.8-5.5-3.8-9S9.5 5.5 12 3z',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.500c.5-4 3.5-6 7.5-6s7 2 7.5 6',
  out: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.500M4 19.500h16',
  upload: 'M12 15.500V4.500M7.5 9L12 4.5 16.5 9M4 19.500h16',
  filter: 'M4 5h16l-6 7.500V19l-4-2v-4.500z',
  columns: 'M4 5h16v14H4zM10 5v14M15 5v14',
  star: 'M12 4l2.5 5.2 5.5.8-4 4 1 5.7-5-2.7-5 2.7 1-5.7-4-4 5.5-.8z',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.500V12l3.2 2',
  offline:
    'M4 4l16 16M8.5 15.500a5 5 0 0 1 6-.7M5.5 12a9 9 0 0 1 3.5-2.200M12.5 9a9 9 0 0 1 6 3M2.5 8.500A14 14 0 0 1 6 6.300M10 5.100a14 14 0 0 1 11.5 3.400M12 19v.3',
  undo: 'M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4',
  trash: 'M4.5 7h15M9.5 7V4.500h5V7M6.5 7l1 13h9l1-13M10 11v5.500M14 11v5.5',
  edit: 'M4 20l1-4.500L16 4.500l3.5 3.500L8.5 19zM13.5 7l3.5 3.5',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.700L12 6.300M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.700l1-1',
  play: 'M7 4.500l12 7.5-12 7.500z',
  stop: 'M6 6h12v12H6z',
  map: 'M4 6l5-2 6 2 5-2v14l-5 2-6-2-5 2zM9 4v14M15 6v14',
  flag: 'M6 21V4h11l-2 4 2 4H6',
  document: 'M6 3.500h8l4 4v13H6zM14 3.500v4h4M9 12h6M9 15.500h6',
  photo: 'M4 5h16v14H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 4.500M15.5 9.500v.3',
  key: 'M8.5 19a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM11.7 11.300L20 3M16.5 6.500l2.5 2.5',
  factory: 'M3 20V10l6 3.500V10l6 3.500V4h3.500L20 20zM7 17h2M12 17h2',
  recycle:
    'M9 5.500L11 3h2l3.5 6M13.5 9h3.500l1.5-3M18.5 13l1.7 3-1 2H13M15.5 15.500L13 18l2.5 2.500M9 18H4.800l-1-2L7.5 9.500M4.8 11l2.7-1.500L9 12.3',
  bolt: 'M13 3L5 13.500h6L10.5 21 19 10h-6.500z',
  eye: 'M2.5 12C5 7.5 8.3 5.5 12 5.500s7 2 9.5 6.500c-2.5 4.5-5.8 6.5-9.5 6.500s-7-2-9.5-6.500zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  more: 'M6 12v.1M12 12v.1M18 12v.1',
};

/** A drawing beside a word. It is never the only carrier of meaning, unless `title` names it. */
export function Icon(props: { name: IconName; title?: string; size?: number }) {
  const { name, title, size = 20 } = props;
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: hidden from screen readers unless it has a title
    <svg
      className="z-icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.75 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...(title ? { role: 'img' } : { 'aria-hidden': true })}
    >
      {title ? <title>{title}</title> : null}
      <path d={drawings[name]} />
    </svg>
  );
}

/** The mark: two arrows closing a ring round a gear, one of its teeth renewed. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg className="z-mark" width={size} height={size} viewBox="0 0 48 48" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="4.4">
        <path d="M7.7 15.3A18.5 18.5 0 0 1 42.5 23.4" />
        <path d="M40.3 32.7A18.5 18.5 0 0 1 5.5 24.6" />
      </g>
      <path fill="currentColor" d="M37.1 23.1L41.3 30.6L47.8 22.3zM10.9 24.9L6.7 17.4L0.2 25.7z" />
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M22.1 16.8L22.3 13.9L25.7 13.9L25.9 16.8L27.7 17.6L29.9 15.7L32.3 18.1L30.4 20.3L31.2 22.1L34.1 22.3L34.1 25.7L31.2 25.9L30.4 27.7L32.3 29.9L29.9 32.3L27.7 30.4L25.9 31.2L25.7 34.1L22.3 34.1L22.1 31.2L20.3 30.4L18.1 32.3L15.7 29.9L17.6 27.7L16.8 25.9L13.9 25.7L13.9 22.3L16.8 22.1L17.6 20.3L15.7 18.1L18.1 15.7L20.3 17.6zM24 20.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8z"
      />
      <path
        className="z-mark-tooth"
        d="M22.3 17.4L22.1 16.8L22.3 13.9L25.7 13.9L25.9 16.8L25.7 17.4z"
      />
    </svg>
  );
}
