export { createListing, type Listing, type ListingOptions, type ListingState } from './listing.ts'
export type { Span } from './plan.ts'
export type { Rows } from './rows.ts'
