/** docs/settings.md: every setting of sources.yaml, from the schema that the program itself checks with. */
import { jsonSchema } from '../src/config/schema.ts';

/** As much of JSON Schema as ours is made of. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

interface Group {
  readonly heading: string;
  readonly intro: string;
  readonly schema: Schema;
}

export function settingsPage(): string {
  const root = jsonSchema() as Schema;
  const resolve = resolverIn(root);
  const top = root.properties ?? {};
  const section = groupIn(resolve(resolve(top.sections ?? {}).additionalProperties as Schema), resolve);
  const source = resolve({ $ref: '#/definitions/source' });
  const shared = new Set(Object.keys(resolve(top.defaults ?? {}).properties ?? {}));
  const groups: Group[] = [
    { heading: 'site', intro: 'What the published site is called and where it is.', schema: top.site ?? {} },
    {
      heading: 'defaults, a section, a source',
      intro:
        'These may stand under `defaults`, in a section, and at a source. What a source says counts; else its section; else `defaults`.',
      schema: top.defaults ?? {},
    },
    {
      heading: 'a section',
      intro:
        'Under `sections` stands a short name for each (small letters, digits, hyphens), and below it its list of sources, or these settings.',
      schema: without(section, shared),
    },
    {
      heading: 'a source',
      intro: 'An address alone is enough. Where more is to be said, these stand together after one hyphen.',
      schema: without(source, shared),
    },
  ];
  const more = below(groups, resolve, shared);
  const rest = ['network', 'report', 'schedule', ...Object.keys(top)].filter(
    (name, at, all) => all.indexOf(name) === at && !['site', 'defaults', 'sections'].includes(name) && name in top,
  );
  const ends = rest.map((name): Group => {
    return { heading: name, intro: `${sentence(top[name]?.description)}.`, schema: top[name] ?? {} };
  });
  const all = [...groups, ...more, ...ends, ...below(ends, resolve, shared)];
  return `${[...opening, ...all.flatMap((group) => page(group, resolve))].join('\n').trimEnd()}\n`;
}

const opening = [
  '# Every setting of sources.yaml',
  '',
  'Made from the schema by `npm run docs`. How to begin is in [start.md](start.md); the `sources.yaml` of the project is a full, commented',
  'example. `relais check` says what is wrong in yours, and editors that know the YAML language server complete it and explain each setting.',
  '',
];

type Resolve = (schema: Schema) => Schema;

function resolverIn(root: Schema): Resolve {
  const resolve = (schema: Schema): Schema => {
    const name = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.split('/').at(-1);
    const { $ref: _ref, allOf: _allOf, ...said } = schema;
    return name === undefined ? schema : { ...resolve(root.definitions?.[name] ?? {}), ...said };
  };
  return resolve;
}

/** Of a choice between forms, the one with settings. */
function groupIn(schema: Schema, resolve: Resolve): Schema {
  const whole = resolve(schema);
  if (whole.properties !== undefined) return whole;
  const forms = (whole.anyOf ?? []).map(resolve).map((one) => groupIn(one, resolve));
  return forms.find(({ properties }) => properties !== undefined) ?? whole;
}

function without(schema: Schema, names: ReadonlySet<string>): Schema {
  const kept = Object.entries(schema.properties ?? {}).filter(([name]) => !names.has(name));
  return { ...schema, properties: Object.fromEntries(kept) };
}

/** The groups of settings that stand inside these. */
function below(groups: readonly Group[], resolve: Resolve, shared: ReadonlySet<string>): Group[] {
  const found = new Map<string, Group>();
  for (const { heading, schema } of groups)
    for (const [name, written] of Object.entries(resolve(schema).properties ?? {})) {
      if (name === 'sources') continue;
      for (const one of [resolve(written), itemsOf(resolve(written), resolve)]) {
        const inner = one === undefined ? {} : groupIn(one, resolve);
        if (inner.properties === undefined) continue;
        const isFilter = name === 'only' || name === 'skip';
        const title = isFilter ? 'only and skip' : name;
        const where = shared.has(name) ? '' : ` Stands in ${heading.startsWith('a ') ? heading : `\`${heading}\``}.`;
        const intro = `${isFilter ? 'What a section takes, and what it leaves' : sentence(resolve(written).description)}.${where}`;
        if (!found.has(title)) found.set(title, { heading: title, intro, schema: inner });
      }
    }
  const next = [...found.values()];
  return next.length === 0
    ? []
    : [...next, ...below(next, resolve, shared).filter(({ heading }) => !found.has(heading))];
}

function itemsOf(schema: Schema, resolve: Resolve): Schema | undefined {
  const list = [schema, ...(schema.anyOf ?? []).map(resolve)].find(({ items }) => items !== undefined);
  return list?.items === undefined ? undefined : resolve(list.items);
}

function page({ heading, intro, schema }: Group, resolve: Resolve): string[] {
  const whole = groupIn(schema, resolve);
  // One that is written as a value, and no group.
  if (whole.properties === undefined)
    return [`## ${heading}`, '', intro, '', `Write for example: \`${heading}: ${whole.examples?.[0] ?? ''}\``, ''];
  const rows = Object.entries(whole.properties ?? {}).map(([name, written]) => {
    const must = whole.required?.includes(name) === true ? ' (must be there)' : '';
    const said = describedBy(resolve(written), resolve);
    return `| \`${name}\` | ${cell(sentence(said))}${must} | ${formsOf(written, name, resolve)} |`;
  });
  return [`## ${heading}`, '', intro, '', '| setting | what it says | value |', '|---|---|---|', ...rows, ''];
}

/** Its own description, or that of what is in it. */
function describedBy(schema: Schema, resolve: Resolve): string | undefined {
  if (schema.description !== undefined) return schema.description;
  const inner = [...(schema.anyOf ?? []), ...(schema.items === undefined ? [] : [schema.items])].map(resolve);
  return inner.map((one) => describedBy(one, resolve)).find((said) => said !== undefined);
}

function formsOf(written: Schema, name: string, resolve: Resolve): string {
  const schema = resolve(written);
  const forms = schema.anyOf?.map(resolve) ?? [schema];
  const shown = forms.map((form) => formOf(form, name, resolve)).filter((one) => one !== '');
  const [first = '', second] = [...new Set(shown)];
  return second === undefined ? first : [...new Set(shown)].join(', or ');
}

function formOf(form: Schema, name: string, resolve: Resolve): string {
  if (form.anyOf !== undefined) return formsOf(form, name, resolve);
  if (form.enum !== undefined) return form.enum.map((word) => `\`${word}\``).join(', ');
  if (form.const !== undefined) return `\`${String(form.const)}\``;
  if (form.type === 'boolean') return '`true`, `false`';
  if (form.type === 'integer') return `${form.minimum} to ${form.maximum}`;
  if (form.items !== undefined) {
    const one = resolve(form.items);
    return one.enum === undefined ? 'a list' : `a list of ${formOf(one, name, resolve)}`;
  }
  if (form.properties !== undefined)
    return `[settings](#${name === 'only' || name === 'skip' ? 'only-and-skip' : name})`;
  const [example] = form.examples ?? [];
  return example === undefined ? '' : `\`${cell(String(example))}\``;
}

function sentence(text = ''): string {
  return text.replace(/\s+/g, ' ').replace(/\.$/, '').replace(/\$\{/g, '$\\{');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
