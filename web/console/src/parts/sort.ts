export type Sort<Name extends string> = Name | `-${Name}`;

/** An address may hold anything; ask only for orders that the server knows. */
export function sortOf<Name extends string>(
  text: string | undefined,
  names: readonly Name[],
  standard: Sort<Name>,
): Sort<Name> {
  const known = names.some((name) => text === name || text === `-${name}`);
  return known ? (text as Sort<Name>) : standard;
}
