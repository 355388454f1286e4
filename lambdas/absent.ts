// Stands in a bundle for packages that are never called; see the folders' bundle.ts.
export {};
