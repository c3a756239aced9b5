/** What can be said of one post of a story: a form for each. */
import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { SourceKey, StoredItem, StoryRecord } from '../../model.ts';
import { plainLine } from '../../text/safe.ts';
import { Act, type Sitting, Unseen } from './frame.tsx';

interface ActsProperties {
  readonly story: StoryRecord;
  /** Groups that can be credited. */
  readonly groups: readonly { readonly key: SourceKey; readonly name: string }[];
  readonly nameOf: (key: SourceKey) => string;
  readonly item: StoredItem;
  readonly sitting: Sitting;
}

export function Acts({ story, groups, nameOf, item, sitting }: ActsProperties): JSX.Element {
  const id = String(item.id);
  const about = <Unseen before=": " text={nameOf(item.sourceKey)} />;
  if (item.withdrawn !== undefined)
    return (
      <div class="acts">
        <Act sitting={sitting} to="story/restore" fields={{ item: id }}>
          <button type="submit">Let it in again{about}</button>
        </Act>
      </div>
    );
  return (
    <>
      {story.items.length < 2 ? null : (
        <div class="acts">
          <Act sitting={sitting} to="story/different" fields={{ item: id }}>
            <button type="submit">Not the same as the others{about}</button>
          </Act>
        </div>
      )}
      <details>
        <summary>Credit or withdraw{about}</summary>
        <Act sitting={sitting} to="story/credit" fields={{ item: id }}>
          <div class="fields">
            <Field id={`group-${id}`} label="It was written by">
              <select id={`group-${id}`} name="group">
                {groups.map(({ key, name }) => (
                  <option value={key} selected={key === item.sourceKey}>
                    {plainLine(name, 80)}
                  </option>
                ))}
              </select>
            </Field>
            <Field id={`name-${id}`} label="or by a group that is not among these">
              <input id={`name-${id}`} name="name" type="text" maxlength={200} />
            </Field>
            <button type="submit">Credit{about}</button>
          </div>
        </Act>
        <Act sitting={sitting} to="story/withdraw" fields={{ item: id }}>
          <div class="fields">
            <Field id={`why-${id}`} label="Why nobody is to read it, for the log">
              <input id={`why-${id}`} name="because" type="text" required maxlength={500} />
            </Field>
            <button type="submit">Withdraw{about}</button>
          </div>
        </Act>
      </details>
    </>
  );
}

interface FieldProperties {
  readonly id: string;
  readonly label: string;
  readonly children?: Child;
}

export function Field({ id, label, children }: FieldProperties): JSX.Element {
  return (
    <div>
      <label for={id}>{label}</label>
      {children}
    </div>
  );
}
