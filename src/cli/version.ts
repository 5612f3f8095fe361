/** Which specproof this is. */
import manifest from '../../package.json' with { type: 'json' };

/** The version that the package's manifest states. */
export const specproofVersion: string = manifest.version;
