/** The window around the views: first contact, enrolment, rail, menus, banners. */
export const app = {
  doesNotAnswer: 'Sallyport does not answer',
  reachingMain: 'Reaching Sallyport on this machine…',
};
