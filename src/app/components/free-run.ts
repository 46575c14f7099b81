/** What a lab with nothing planned is called among its scenarios. */
export const FREE = 'Free run'
