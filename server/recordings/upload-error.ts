/** An error in the form that @tus/server turns into an answer. */
export class UploadError extends Error {
  readonly status_code: number;
  readonly body: string;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'UploadError';
    this.status_code = status;
    this.body = message;
  }
}
