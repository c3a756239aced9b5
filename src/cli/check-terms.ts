/** What groups have agreed to, looked at on a day: settings that are in order and may not be meant. Pure. */
import type { Config, Instant, Source, SourceKey } from '../model.ts';
import { agreementState, daysUntil } from '../text/agreement-days.ts';
import { dayMs } from '../text/wall-clock.ts';

/** Something to ask the maintainer about, and where in the settings of the source it stands. */
export interface Doubt {
  readonly source: SourceKey;
  readonly setting: readonly string[];
  readonly code: 'config/agreement' | 'config/never-shown' | 'config/idle-hold';
  /** Half a sentence. */
  readonly detail: string;
}

/** In the order of sources.yaml. */
export function termsInDoubt(config: Config, now: Instant): readonly Doubt[] {
  return [
    ...config.sources.flatMap((source) => [
      ...agreementInDoubt(source, config.site.timezone, now),
      ...embargoInDoubt(source),
    ]),
    ...sectionsInDoubt(config),
    ...unpublishedInDoubt(config),
    ...holdsInDoubt(config),
  ];
}

function agreementInDoubt(source: Source, timezone: string, now: Instant): Doubt[] {
  const { key, agreed } = source;
  if (agreed === undefined) return [];
  const doubt = (setting: string, detail: string): Doubt => {
    return { source: key, setting: ['agreed', setting], code: 'config/agreement', detail };
  };
  const { by, on, until } = agreed;
  const ahead =
    daysUntil(on, timezone, now) > 0 ? [doubt('on', `on: ${on} is still to come: nobody has agreed yet`)] : [];
  const state = agreementState(source, timezone, now);
  if (state === 'ended') return [...ahead, doubt('until', `until: the agreement with ${by} ended on ${until}`)];
  if (state === 'ending') return [...ahead, doubt('until', `until: the agreement with ${by} ends soon, on ${until}`)];
  return ahead;
}

/** A group's own readers come first by hours or days: what is longer was hardly meant. */
const longestEmbargoMs = 31 * dayMs;

/** By the time it may be shown it is too old for the feeds, or for anybody. */
function embargoInDoubt({ key, embargoMs, maxAgeMs, show }: Source): Doubt[] {
  if (show === 'none' || embargoMs === 0) return [];
  if (maxAgeMs === undefined || embargoMs < maxAgeMs) {
    const detail = `embargo: ${lengthOf(embargoMs)} is longer than a month: until then none of its texts is shown, nor any repost of them`;
    return embargoMs > longestEmbargoMs
      ? [{ source: key, setting: ['embargo'], code: 'config/never-shown', detail }]
      : [];
  }
  const detail = `embargo: ${lengthOf(embargoMs)} is no shorter than  max_age: ${lengthOf(maxAgeMs)} , so its texts come into no feed`;
  return [{ source: key, setting: ['embargo'], code: 'config/never-shown', detail }];
}

function lengthOf(ms: number): string {
  return ms % dayMs === 0 ? `${ms / dayMs}d` : `${Math.round(ms / 3_600_000)}h`;
}

/** A section all of whose sources show nothing is empty, and so is its digest; one whose sources are all paused stays as it is. */
function sectionsInDoubt({ sections, sources }: Config): Doubt[] {
  return sections.flatMap(({ id, digest }): Doubt[] => {
    const own = sources.filter((source) => source.sections.includes(id));
    const shown = own.filter(({ show }) => show !== 'none');
    const [first] = own;
    if (first === undefined || shown.some(({ paused }) => paused === undefined)) return [];
    const name = JSON.stringify(id);
    if (shown.length > 0) {
      const detail = `paused: no source of the section ${name} is asked, so nothing new comes into it`;
      return [{ source: first.key, setting: ['paused'], code: 'config/never-shown', detail }];
    }
    const what = digest === undefined ? '' : ', and its digest';
    const detail = `show: none  of every source in the section ${name} leaves it empty${what}`;
    return [{ source: first.key, setting: ['show'], code: 'config/never-shown', detail }];
  });
}

/** It is asked, and nobody ever reads it; where a whole section is so, that is said of the section. */
function unpublishedInDoubt({ sections, sources }: Config): Doubt[] {
  const isShown = ({ show, paused }: Source): boolean => show !== 'none' && paused === undefined;
  const fed = new Set(
    sections.map(({ id }) => id).filter((id) => sources.some((one) => one.sections.includes(id) && isShown(one))),
  );
  return sources.flatMap((source): Doubt[] => {
    const isAsked = source.show === 'none' && source.paused === undefined;
    if (!isAsked || !source.sections.every((id) => fed.has(id))) return [];
    const detail =
      'show: none: this source is asked, and stands nowhere: it only helps to recognise reposts of its texts';
    return [{ source: source.key, setting: ['show'], code: 'config/never-shown', detail }];
  });
}

/** A hold that can find nothing, or a delay after which nothing is left to show in the feeds. */
function holdsInDoubt({ sections, sources }: Config): Doubt[] {
  return sections.flatMap(({ id, hold }) => {
    const own = sources.filter((source) => source.sections.includes(id));
    const [first] = own;
    if (hold === undefined || first === undefined) return [];
    const isIdle = hold.faces && own.every(({ picturesShowFaces }) => picturesShowFaces !== true);
    const idle: Doubt = {
      source: first.key,
      setting: ['pictures_show_faces'],
      code: 'config/idle-hold',
      detail: `faces: true  in the section ${JSON.stringify(id)} finds nothing: none of its sources says  pictures_show_faces: true`,
    };
    const late = own.flatMap(({ key, maxAgeMs }): Doubt[] => {
      if (maxAgeMs === undefined || hold.delayMs < maxAgeMs) return [];
      const detail = `delay: ${lengthOf(hold.delayMs)} of the section ${JSON.stringify(id)} is no shorter than  max_age: ${lengthOf(maxAgeMs)} , so its texts come into no feed`;
      return [{ source: key, setting: ['max_age'], code: 'config/never-shown', detail }];
    });
    return [...(isIdle ? [idle] : []), ...late];
  });
}
