"""Reminders to exactly those who still owe a submission: words to paste into a chat, and e-mails."""

from exports.reminders.mail import Mail, MailServer, Outcome, mail_server, send_mails
from exports.reminders.words import reminder_mails, reminder_text

__all__ = ["Mail", "MailServer", "Outcome", "mail_server", "reminder_mails", "reminder_text", "send_mails"]
