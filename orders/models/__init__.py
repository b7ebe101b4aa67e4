from orders.models.contact import ContactEntry, TrackingLink
from orders.models.customer import Customer
from orders.models.drawing import Drawing, UploadLink
from orders.models.estimate import Estimate, EstimateLine, EstimateStep
from orders.models.handover import HandOver, HandOverLine
from orders.models.item import LeftGoods, OrderItem, OrderPaper
from orders.models.order import Order
from orders.models.production import HoldKind, JobStep, MaterialUse, QualityCheck, ResultPhoto
from orders.models.tariff import Tariff
from orders.models.tariffimport import TariffImport
from orders.models.word import OrderWord
from orders.models.workcentre import JobKind, Outage, Service, WorkCentre

__all__ = [
    "ContactEntry",
    "Customer",
    "Drawing",
    "Estimate",
    "EstimateLine",
    "EstimateStep",
    "HandOver",
    "HandOverLine",
    "HoldKind",
    "JobKind",
    "JobStep",
    "LeftGoods",
    "MaterialUse",
    "Order",
    "OrderItem",
    "OrderPaper",
    "OrderWord",
    "Outage",
    "QualityCheck",
    "ResultPhoto",
    "Service",
    "Tariff",
    "TariffImport",
    "TrackingLink",
    "UploadLink",
    "WorkCentre",
]
