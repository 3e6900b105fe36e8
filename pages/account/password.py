"""修改密码 Password: one's own."""

from pages.parts.accounts.password_form import password_form
from pages.parts.context import say
from pages.parts.html import draw, escape

draw(f"<h1>{escape(say('accounts.password.title'))}</h1><p>{escape(say('accounts.password.words'))}</p>")
password_form()
