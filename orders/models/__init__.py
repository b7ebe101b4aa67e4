from orders.models.contact import ContactEntry, TrackingLink
from orders.models.customer import Customer
from orders.models.drawing import Drawing, UploadLink
from orders.models.estimate import Estimate, EstimateLine
from orders.models.handover import HandOver, HandOverLine
from orders.models.item import LeftGoods, OrderItem, OrderPaper
from orders.models.order import Order
from orders.models.tariff import Tariff
from orders.models.word import OrderWord

__all__ = [
    "ContactEntry",
    "Customer",
    "Drawing",
    "Estimate",
    "EstimateLine",
    "HandOver",
    "HandOverLine",
    "LeftGoods",
    "Order",
    "OrderItem",
    "OrderPaper",
    "OrderWord",
    "Tariff",
    "TrackingLink",
    "UploadLink",
]
