/** The software version that checkpoints and exports name; a test holds it against package.json. */
export const SOFTWARE_VERSION = '0.2.0';
