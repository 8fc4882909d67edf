/** Who has the duty: `owns` gives it to whom the tag stands at, `borrows` leaves it with the other side. */
export type Ownership = 'borrows' | 'owns';

/** What the documentation of a function says of the duty on its parameters and on its result. */
export interface OwnershipTags {
  /** By the parameter's name: the function `owns` it and releases it or hands it on, or only `borrows` it. */
  readonly parameters: ReadonlyMap<string, Ownership>;
  /** The caller `owns` the result and has to release it, or only `borrows` it. */
  readonly result?: Ownership;
}

const noTags: OwnershipTags = { parameters: new Map() };

/**
 * Reads `@owns` and `@borrows` in a documentation comment, one on a line. They override what the body shows.
 *
 * - `@owns lock`, `@param {Lock} lock - @owns`: the parameter `lock`.
 * - `@owns` without a name, `@returns {Lock} @owns`: the result.
 *
 * @param comment the text of the comment; undefined for none.
 */
export function ownershipTags(comment: string | undefined): OwnershipTags {
  if (comment?.includes('@owns') !== true && comment?.includes('@borrows') !== true) {
    return noTags;
  }
  const parameters = new Map<string, Ownership>();
  let result: Ownership | undefined;
  for (const line of comment.split('\n')) {
    const [tag, , name] = /@(owns|borrows)\b(?: +([\w$]+))?/u.exec(line) ?? [];
    if (tag === undefined) {
      continue;
    }
    const ownership = tag.startsWith('@owns') ? 'owns' : 'borrows';
    const parameter = /@returns?\b/u.test(line)
      ? undefined
      : (/@param +(?:\{[^}]*\} *)?\[?([\w$]+)/u.exec(line)?.[1] ?? name);
    if (parameter === undefined) {
      result = ownership;
    } else {
      parameters.set(parameter, ownership);
    }
  }
  return result === undefined ? { parameters } : { parameters, result };
}

/** Who has the duty on what a field holds: its class `owns` it, or only `borrows` it. Whatever else follows the tag is text. */
export function fieldTag(comment: string | undefined): Ownership | undefined {
  const { result, parameters } = ownershipTags(comment);
  return result ?? [...parameters.values()][0];
}
