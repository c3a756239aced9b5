/**
 * Ini files as Python's ConfigParser reads them (docs.python.org/2.7/library/configparser.html, and `_read` in its source): Planet and
 * Venus are written in Python 2. `#` and `;` begin a remark at the start of a line, ` ;` also behind a value; a line that begins with
 * white space goes on with the value above it; `:` is as good as `=`; names are in small letters; DEFAULT stands behind every section;
 * `%(name)s` is another value of the same section.
 */
import type { IniRead, IniSection, IniValue } from './ini.ts';
import { sectionNamed, settingIn } from './ini.ts';

export function readPythonIni(text: string): IniRead {
  const sections = new Map<string, IniSection>();
  const odd: { line: number; text: string }[] = [];
  let section: IniSection | undefined;
  let option: string | undefined;
  for (const [index, raw] of text.split(/\r?\n|\r/).entries()) {
    const line = index + 1;
    if (raw.trim() === '' || /^[#;]/.test(raw) || /^rem(\s|$)/i.test(raw)) continue;
    const known = option === undefined ? undefined : section?.values.get(option);
    if (/^\s/.test(raw) && known !== undefined && option !== undefined) {
      section?.values.set(option, { ...known, value: `${known.value}\n${raw.trim()}` });
      continue;
    }
    const header = /^\s*\[([^\]]+)\]/.exec(raw)?.[1];
    if (header !== undefined) {
      section = sectionNamed(sections, header.trim(), line);
      option = undefined;
      continue;
    }
    const setting = settingIn(raw);
    if (setting === undefined || section === undefined) odd.push({ line, text: raw.trim() });
    else {
      option = setting.name;
      section.values.set(option, { value: withoutRemark(setting.value), line });
    }
  }
  return { sections: [...sections.values()], odd };
}

function withoutRemark(written: string): string {
  const value = written.replace(/\s;.*$/, '').trim();
  return value === '""' ? '' : value;
}

/** As deep as ConfigParser goes (MAX_INTERPOLATION_DEPTH). */
const maxDepth = 10;
/** Longer values are nobody's setting: each step may double the length. */
const maxLength = 10_000;

/** @param known all values of the section, those of DEFAULT among them; a name that is not there stays as it is written */
export function interpolated(value: string, known: ReadonlyMap<string, IniValue>): string {
  let text = value;
  for (let depth = 0; depth < maxDepth && text.includes('%(') && text.length < maxLength; depth++)
    text = text.replace(
      /%\(([^)\s]{1,100})\)s/g,
      (whole, name: string) => known.get(name.toLowerCase())?.value ?? whole,
    );
  return text.slice(0, maxLength);
}
