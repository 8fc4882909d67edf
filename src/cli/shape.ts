/**
 * Whether `value`, which came from outside the program's types (JSON, a module found at run time), has the keys that
 * tell that it is what it was asked for.
 */
export function hasShape<Shape extends object>(value: unknown, ...keys: (keyof Shape)[]): value is Shape {
  const isComposite = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return isComposite && keys.every(key => key in value);
}
