/** The version of Modelwright that a run was made by; a test holds it equal to the package's. */
export const MODELWRIGHT_VERSION = '0.1.0';
