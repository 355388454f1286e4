/** Counts by name. */
export interface Counter {
  readonly count: (name: string) => void;
  readonly all: () => Readonly<Record<string, number>>;
}

export function counter(): Counter {
  const counts = new Map<string, number>();
  return {
    count: (name) => {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    all: () => Object.fromEntries(counts),
  };
}
