declare const brand: unique symbol;

/** A `Base` that has passed the one check which makes it a `Name`. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
