/** A simulator's switches as an object of constants: each name with its possible values, the default first. */
export type Variants = Readonly<Record<string, readonly [string, ...string[]]>>;

/** Whether a switch has this value. Both are checked by the compiler. */
export type HasVariant<V extends Variants> = <Name extends keyof V & string>(
  name: Name,
  value: V[Name][number],
) => boolean;

/**
 * Sets a simulator's switches.
 *
 * @param variants declared `as const satisfies Variants`, so that the compiler knows the values
 * @param wanted the values that differ from the defaults
 * @throws Error naming the switches there are, where a name or a value is not one of them
 */
export function chooseVariants<V extends Variants>(
  variants: V,
  wanted: Readonly<Record<string, string>> = {},
): HasVariant<V> {
  for (const [name, value] of Object.entries(wanted)) {
    if (variants[name]?.includes(value)) continue;
    const known = Object.entries(variants).map(([key, values]) => `${key}: ${values.join(' | ')}`);
    throw new Error(`no variant "${name}: ${value}"; there are ${known.join('; ')}`);
  }
  return (name, value) => (wanted[name] ?? variants[name]?.[0]) === value;
}
