/** Goes up with every change of the kernel that alters a fingerprint. */
export const ENGINE_VERSION = '1'
