// Stands in a bundle for packages that are never called; see bundle.ts.
export {};
