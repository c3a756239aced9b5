/** The names in the folder of copies: which there are, which is the newest whole one, which may go. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Backup } from '../library.ts';
import type { Instant } from '../model.ts';
import { damageOf } from './copies.ts';
import { foldersName } from './settings-copy.ts';

const dayMs = 86_400_000;
const daily = /^relais-(\d{4}-\d{2}-\d{2})\.db$/;
const beforeStep = /^before-step-(\d+)\.db$/;
const keptDays = 7;
const keptWeeks = 4;
const keptSteps = 3;

/** The name of the copy made before a migration: `before-step-2.db`. */
export function nameBeforeStep(step: number): string {
  return `before-step-${step}.db`;
}

/**
 * Which copies may go: kept are the seven newest of a day each, then the newest of each of four weeks before (Monday to
 * Sunday), and three from before migrations. What bears another name, or a date that lies ahead, is left alone.
 * @returns names out of `names`
 */
export function rotation(names: readonly string[], now: Instant): string[] {
  const dated = names
    .map((name) => ({ name, at: Date.parse(daily.exec(name)?.[1] ?? '') }))
    .filter(({ at }) => at <= now) // a name without a date is NaN, and not before anything
    .sort((a, b) => b.at - a.at);
  const weeks = new Set<number>();
  const kept = (at: Instant, index: number): boolean => {
    if (index < keptDays) return true;
    const week = Math.floor((at / dayMs + 3) / 7); // 1970-01-01 was a Thursday
    if (weeks.has(week) || weeks.size === keptWeeks) return false;
    weeks.add(week);
    return true;
  };
  const steps = names
    .map((name) => ({ name, step: Number(beforeStep.exec(name)?.[1]) }))
    .filter(({ step }) => step > 0)
    .sort((a, b) => b.step - a.step);
  return [...dated.filter(({ at }, index) => !kept(at, index)), ...steps.slice(keptSteps)].map(({ name }) => name);
}

/**
 * Removes what `rotation` names, with the settings that were copied beside.
 * @param now without it the copies of days all stay
 */
export function rotate(folder: string, now: Instant = Number.NEGATIVE_INFINITY): void {
  for (const name of rotation(readdirSync(folder), now)) {
    const day = daily.exec(name)?.[1];
    if (day !== undefined)
      for (const beside of [`sources-${day}.yaml`, foldersName(`sources-${day}.yaml`)])
        rmSync(join(folder, beside), { recursive: true, force: true });
    rmSync(join(folder, name), { force: true });
  }
}

/** The copies in a folder, newest first. Each was verified before it got its name. */
export function listBackups(folder: string): Backup[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => daily.test(name) || beforeStep.test(name))
    .map((name) => {
      const { mtimeMs, size } = statSync(join(folder, name));
      return { name, at: instantOf(name, Math.round(mtimeMs)), bytes: size };
    })
    .sort((a, b) => b.at - a.at);
}

/** A folder that was itself copied has lost its times; the dates in the names stay. */
function instantOf(name: string, modified: Instant): Instant {
  const day = Date.parse(daily.exec(name)?.[1] ?? '');
  return Number.isNaN(day) || (modified >= day && modified < day + 2 * dayMs) ? modified : day;
}

/** The newest copy that SQLite finds whole, read through again. */
export function newestWhole(folder: string): Backup | undefined {
  return listBackups(folder).find(({ name }) => isWhole(join(folder, name)));
}

function isWhole(file: string): boolean {
  try {
    return damageOf(file, 'full') === undefined;
  } catch {
    return false; // it cannot even be read; the next older one may
  }
}
