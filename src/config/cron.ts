/** A cron expression → what is wrong with it, in words for someone who meets cron once a year. */
import { validateDetailed } from 'node-cron';

const fieldNames: Readonly<Record<string, string>> = {
  second: 'the seconds (first of six fields)',
  minute: 'the minute',
  hour: 'the hour',
  dayOfMonth: 'the day of the month',
  month: 'the month',
  dayOfWeek: 'the weekday',
};

/** @returns undefined for an expression that node-cron runs, else half a sentence that names the wrong field */
export function cronMistake(expression: string): string | undefined {
  const { valid, errors } = validateDetailed(expression);
  if (valid) return undefined;
  const wrong = errors.find((error) => error.field in fieldNames);
  if (wrong !== undefined) return `${fieldNames[wrong.field]} cannot be "${wrong.value}"`;
  const fields = expression.split(/\s+/).filter((field) => field !== '').length;
  return fields === 5 || fields === 6
    ? 'it holds signs that mean nothing here'
    : `it has ${fields} ${fields === 1 ? 'field' : 'fields'}, and five are wanted (minute, hour, day, month, weekday)`;
}
