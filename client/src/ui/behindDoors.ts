/** What few ask for, and what is needed when the server is gone: loaded together. */
export { Invite } from './invite/Invite.tsx';
export { Learning } from './landing/Learning.tsx';
export { Finding } from './parts/Finding.tsx';
