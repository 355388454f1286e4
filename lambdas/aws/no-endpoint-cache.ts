/**
 * Stands in the bundles for the cache of the SDK's endpoint discovery (8 KB), which DynamoDB's client makes and, as long as the environment does
 * not ask for discovery, never uses.
 */
export class EndpointCache {}
