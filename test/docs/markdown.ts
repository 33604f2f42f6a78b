import { parse } from 'yaml';

/** Targets of links and images within the project. */
export function linksIn(page: string): string[] {
  const targets = [...withoutCode(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => !/^https?:/.test(target));
}

const withoutCode = (page: string) => page.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** Anchors of the headings, as GitHub makes them. */
export function slugs(page: string): string[] {
  const headings = [...page.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)];
  return headings.map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** `start` of `npm start`, `check` of `npm run check`, where they stand as code. */
export function npmScripts(page: string): string[] {
  return [...page.matchAll(/(?:`|^ *)npm (?:run )?(\w+)/gm)].map(([, name = '']) => name);
}

/** The words behind each `npx channel`; those that the page leaves open are not among them. */
export function channelCommands(page: string): string[][] {
  const lines = [...page.matchAll(/\bnpx channel ([a-z-][^`#\n|]*)/g)].map(([, line = '']) => line);
  return lines.map((line) => line.match(/"[^"]*"|\S+/g) ?? []);
}

/** `name` or `page.port`: all settings of the file, those that stand in comments with their defaults too. */
export function settingsIn(example: string): string[] {
  return [...new Set(settingsOf(parse(example.replaceAll(/^( *)# ( *[a-zA-Z]+:.*)$/gm, '$1$2'))))];
}

function settingsOf(value: unknown, group = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => settingsOf(entry));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) => {
    const isGroup = typeof held === 'object' && held !== null && !Array.isArray(held);
    return isGroup ? settingsOf(held, `${key}.`) : [`${group}${key}`, ...settingsOf(held)];
  });
}

export interface Table {
  /** Of the section that it stands in. */
  readonly heading: string;
  /** Its rows without the head, cell by cell. */
  readonly rows: readonly (readonly string[])[];
}

/** The first table of each section. */
export function tablesIn(page: string): Table[] {
  return page.split(/^#+ /m).flatMap((section) => {
    const [heading = '', ...lines] = section.split('\n');
    const start = lines.findIndex((each) => each.startsWith('|'));
    if (start < 0) return [];
    const end = lines.findIndex((each, index) => index > start && !each.startsWith('|'));
    const rows = lines.slice(start + 2, end < 0 ? lines.length : end);
    return [
      {
        heading,
        rows: rows.map((row) =>
          row
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.trim()),
        ),
      },
    ];
  });
}

/** What stands as code in a cell or sentence. */
export const codeIn = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
