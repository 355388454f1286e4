/** Whether nobody has filled a secret yet: it is born as `{}`. */
export const isUnfilled = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
